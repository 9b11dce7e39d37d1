FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json ./
COPY schemas schemas
COPY src src
COPY scripts/build-inspector.js scripts/
RUN npm run build

FROM node:24-slim AS dependencies
WORKDIR /app
# Without .npmrc, which brings in what builds a checkout.
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts

FROM node:24-slim
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4600
COPY package.json README.md LICENSE ./
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/dist/src dist/src
COPY --from=build /app/dist/schemas dist/schemas
COPY --from=build /app/dist/inspector dist/inspector
RUN chmod +x dist/src/cli.js && ln -s /app/dist/src/cli.js /usr/local/bin/assessments-sandbox
# The mount point for a state file (SANDBOX_STATE=/state/sandbox.state). A new volume takes over this owner.
RUN mkdir /state && chown node:node /state
USER node
EXPOSE 4600
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s CMD ["assessments-sandbox", "healthcheck"]
ENTRYPOINT ["assessments-sandbox"]
CMD ["start"]

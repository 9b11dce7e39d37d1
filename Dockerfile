FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json ./
COPY schemas schemas
COPY scripts/build scripts/build
COPY docs/agents.md docs/agents.md
COPY src src
RUN npm run build
# All that is installed beside the bundle: a store in Redis needs it, in the versions of the lock file.
RUN node scripts/build/keep-peers.js && npm install --ignore-scripts --no-audit --no-fund

FROM node:24-slim
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4600
COPY package.json README.md LICENSE ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
RUN ln -s /app/dist/cli.js /usr/local/bin/assessments-sandbox
# The mount point for a state file (SANDBOX_STATE=/state/sandbox.state). A new volume takes over this owner.
RUN mkdir /state && chown node:node /state
USER node
EXPOSE 4600
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s CMD ["assessments-sandbox", "healthcheck"]
ENTRYPOINT ["assessments-sandbox"]
CMD ["start"]

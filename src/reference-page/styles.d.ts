// esbuild bundles imported style sheets itself.
declare module '*.css'

// What esbuild takes for itself where it is imported.
declare module '*.css'

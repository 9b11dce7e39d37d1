/**
 * What loads the validators and serializers that the build has compiled, by what `partOf` says of their place. There are
 * none in the sources: the bundle has another file here, which scripts/build/precompile.js makes from the routes of the
 * emulated API.
 */
export const precompiled: Readonly<Record<string, () => (data: unknown) => unknown>> = {}

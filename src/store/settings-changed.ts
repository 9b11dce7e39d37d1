/** Another process changed faults, webhooks or the clock while something was made under the earlier ones. */
export class SettingsChanged extends Error {
  override readonly name = 'SettingsChanged'
}

/** Resolves as `make` does, calling it again each time the settings change meanwhile. */
export async function untilSettled<T>(make: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await make()
    } catch (error) {
      if (!(error instanceof SettingsChanged)) throw error
    }
  }
}

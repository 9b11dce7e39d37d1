/** Faults, webhooks or the clock were changed by another process while something was made under those before. */
export class SettingsChanged extends Error {
  override readonly name = 'SettingsChanged'
}

/** What `make` makes, made anew as often as the settings change meanwhile. */
export async function untilSettled<T>(make: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await make()
    } catch (error) {
      if (!(error instanceof SettingsChanged)) throw error
    }
  }
}

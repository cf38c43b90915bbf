/** `VoiceUrl` → `voice_url`: the resource's key of a parameter. */
function keyOf(name: string): string {
  return name.replace(/(?<!^)([A-Z])/g, '_$1').toLowerCase();
}

/** The parameters of a form that are settings of a resource, by the resource's keys. */
export function settingsFrom(form: URLSearchParams, known: ReadonlySet<string>): Record<string, string> {
  const settings: Record<string, string> = {};
  for (const [name, value] of form) {
    const key = keyOf(name);
    if (known.has(key)) settings[key] = value;
  }
  return settings;
}

/** Every key of a resource, null where it has no value. */
export function allKeys(known: Iterable<string>, settings: Readonly<Record<string, string>>): Record<string, unknown> {
  return Object.fromEntries([...known].map((key) => [key, settings[key] || null]));
}

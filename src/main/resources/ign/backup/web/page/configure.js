// Settings, changed while the server runs. One that nobody touched must stay where it comes from: the file, the environment, or nowhere.

/**
 * What was typed over.
 * @param {object} present from setting to value, as the fields were filled in
 * @param {FormData} answer with a field for each
 */
export function changed(present, answer) {
  return Object.fromEntries(Object.keys(present)
    .map(setting => [setting, (answer.get(setting) ?? '').trim()])
    .filter(([setting, value]) => value !== present[setting]));
}

/** Changes some settings, all of them or none; and says so, unless there is none. */
export async function configure(app, done, values) {
  if (Object.keys(values).length > 0) {
    await app.change(() => app.tell('good', done), 'configure', values);
  }
}

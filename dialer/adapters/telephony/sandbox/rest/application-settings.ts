import type { World } from '../world.ts';

/**
 * The form of a create with an `ApplicationSid`: the application's addresses take the place of those in the request.
 * Null where there is no such application.
 */
export function applyApplication(world: World, form: URLSearchParams): URLSearchParams | null {
  const sid = form.get('ApplicationSid');
  if (sid === null || sid === '') return form;
  const application = world.applications.get(sid);
  if (!application) return null;
  const merged = new URLSearchParams(form);
  const take = (name: string, setting: string) => {
    merged.delete(name);
    const text = application.settings[setting];
    if (text) merged.set(name, text);
  };
  take('Url', 'voice_url');
  take('Method', 'voice_method');
  take('FallbackUrl', 'voice_fallback_url');
  take('FallbackMethod', 'voice_fallback_method');
  take('StatusCallback', 'status_callback');
  take('StatusCallbackMethod', 'status_callback_method');
  return merged;
}

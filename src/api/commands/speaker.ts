import type { DirectoryStore } from '../../domain/ports.js';
import { actorOf, requirePrincipal, type Principal } from '../principal.js';
import { ProblemError } from '../problems.js';
import type { Call } from '../route.js';
import { invalidBody } from '../validated-body.js';

/**
 * Who says a command: the person of the key, or whom the body names. A rep and a leader say what they say themselves;
 * ops passes on what others said, and what the program did; nobody but an administrator speaks as `admin`.
 * @throws ProblemError `by-another-person`, or `invalid-body` if the directory has nobody of that name
 */
export async function requireSpeaker(
  named: string | undefined,
  call: Call<unknown>,
  { directory }: { readonly directory: DirectoryStore },
): Promise<string> {
  const by = named ?? actorOf(call).by;
  requireOwnVoice(by, requirePrincipal(call));
  if (by === 'admin' || by === 'system') return by;
  const { people } = await directory.read();
  if (people.some(({ id }) => id === by)) return by;
  throw invalidBody([
    { path: 'by', message: `${JSON.stringify(by)} is not in the directory: name one of its people, system, or admin` },
  ]);
}

function requireOwnVoice(by: string, { role, person }: Principal): void {
  if (by === person || role === 'admin' || (role === 'ops' && by !== 'admin')) return;
  const detail = `A key of ${person ?? 'nobody'} with the role ${role} does not speak for ${by}`;
  throw new ProblemError('by-another-person', { detail });
}

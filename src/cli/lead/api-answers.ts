import type { ApiAnswer, ApiMethod, CliPorts, ExitCode, NoAnswer } from '../ports.js';

/** An error as the API tells it (RFC 9457). */
interface Problem {
  readonly title?: string;
  readonly detail?: string;
  readonly code?: string;
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
  readonly facts?: Readonly<Record<string, unknown>>;
}

type Asked = { readonly answer: ApiAnswer; readonly exitCode: 0 } | { readonly exitCode: 1 | 2 };

/** Asks the API; says in words why there is no answer to work with. */
export async function ask(
  { callApi, output }: Pick<CliPorts, 'callApi' | 'output'>,
  method: ApiMethod,
  path: string,
  body?: unknown,
): Promise<Asked> {
  return told(output, await callApi(method, path, body));
}

/** The same for an answer that is already there. */
export function told(output: CliPorts['output'], answer: ApiAnswer | NoAnswer): Asked {
  if (answer.kind === 'unreachable') {
    output.error(answer.reason);
    return { exitCode: 2 };
  }
  if (answer.status < 400) return { answer, exitCode: 0 };
  for (const line of problemLines(answer.body as Problem)) output.error(line);
  return { exitCode: exitCodeOf(answer.status) };
}

/** A refusal or a mistake of the caller is an answer; without a key or a working server there is none. */
const exitCodeOf = (status: number): Extract<ExitCode, 1 | 2> => (status === 401 || status >= 500 ? 2 : 1);

function problemLines({ title, detail, code, errors = [], facts = {} }: Problem): readonly string[] {
  const opening = `${code ?? 'error'}: ${detail ?? title ?? 'the API says no more'}`;
  const known = Object.entries(facts).filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value));
  return [
    opening,
    ...errors.map(({ path, message }) => `  ${optionOf(path)}: ${message}`),
    ...known.map(([name, value]) => `  ${name}: ${String(value)}`),
  ];
}

/** The option that carries a field of the body. */
const optionOf = (path: string): string => `--${path.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

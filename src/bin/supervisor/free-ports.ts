import { setTimeout as delay } from 'node:timers/promises';
import { isPortTaken } from '../../embedded/ports.js';
import { portsInUse, portVariables, type PortName, type Settings } from './settings.js';

const titles = {
  api: 'the API',
  inbox: "the inbox's page",
  smtp: "the inbox's mail server",
  temporal: 'Temporal',
  temporalUi: "Temporal's UI",
  postgres: 'PostgreSQL',
} as const satisfies Record<PortName, string>;

/**
 * Makes sure that every port is free, and that no two are the same.
 * @param patienceMs how long programs of an earlier start may still be ending
 * @throws naming each port that is not free, what it is for, and the variable that moves it
 */
export async function requireFreePorts(settings: Settings, patienceMs: number): Promise<void> {
  const names = portsInUse(settings);
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const mistakes = [...findRepeated(settings, names), ...(await findTaken(settings, names))];
    if (mistakes.length === 0) return;
    if (Date.now() >= deadline) throw new Error(mistakes.join('\n'));
    await delay(200);
  }
}

async function findTaken({ ports }: Settings, names: readonly PortName[]): Promise<string[]> {
  const taken = await Promise.all(names.map((name) => isPortTaken(ports[name])));
  return names
    .filter((_, i) => taken[i])
    .map((name) => `Port ${ports[name]}, for ${titles[name]}, is taken: ${advice(name)}`);
}

function findRepeated({ ports }: Settings, names: readonly PortName[]): string[] {
  const repeated = names.filter((name, i) => names.findIndex((other) => ports[other] === ports[name]) < i);
  return repeated.map((name) => `Port ${ports[name]}, for ${titles[name]}, is given twice: ${advice(name)}`);
}

const advice = (name: PortName): string => `set ${portVariables[name]} to a free port.`;

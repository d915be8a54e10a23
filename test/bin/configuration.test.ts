import { ConfigurationError, readConfiguration } from '../../src/bin/configuration.js';

const complete = {
  DATABASE_URL: 'postgresql://handoff:secret@db:5432/handoff',
  TEMPORAL_ADDRESS: 'temporal:7233',
  HANDOFF_LINK_SECRET: 'a-secret-for-the-links',
  HANDOFF_ADMIN_KEY: 'a-key-for-the-admin',
  SMTP_URL: 'smtp://mail:25',
  HANDOFF_MAIL_FROM: 'Handoff <handoff@example.com>',
  HANDOFF_OPS_EMAIL: 'ops@example.com',
};

const mistakesOf = (read: () => unknown): readonly string[] => {
  try {
    read();
  } catch (error) {
    if (error instanceof ConfigurationError) return error.mistakes;
    throw error;
  }
  return [];
};

describe('readConfiguration', () => {
  test('fills in what has a default', () => {
    expect(readConfiguration(complete, 'api')).toMatchObject({
      apiPort: 4100,
      apiHost: '127.0.0.1',
      publicUrl: 'http://127.0.0.1:4100',
      temporalNamespace: 'default',
      workspace: 'default',
      logLevel: 'info',
    });
  });

  test('the public address follows the port, unless it is given, and has no slash at its end', () => {
    expect(readConfiguration({ ...complete, HANDOFF_API_PORT: '4999' }, 'worker').publicUrl).toBe(
      'http://127.0.0.1:4999',
    );
    const given = { ...complete, HANDOFF_PUBLIC_URL: 'https://handoff.example.com/' };
    expect(readConfiguration(given, 'worker').publicUrl).toBe('https://handoff.example.com');
  });

  test.each([
    { part: 'migrate', variables: ['DATABASE_URL'] },
    { part: 'api', variables: ['DATABASE_URL', 'TEMPORAL_ADDRESS', 'HANDOFF_LINK_SECRET', 'HANDOFF_ADMIN_KEY'] },
    {
      part: 'worker',
      variables: [
        'DATABASE_URL',
        'TEMPORAL_ADDRESS',
        'HANDOFF_LINK_SECRET',
        'SMTP_URL',
        'HANDOFF_MAIL_FROM',
        'HANDOFF_OPS_EMAIL',
      ],
    },
  ] as const)('$part names every variable that is missing, all at once', ({ part, variables }) => {
    const mistakes = mistakesOf(() => readConfiguration({}, part));
    expect(mistakes.map((mistake) => mistake.split(' is missing: ')[0])).toEqual(variables);
  });

  test.each([
    { variable: 'DATABASE_URL', value: 'mysql://db/handoff', part: 'migrate' },
    { variable: 'TEMPORAL_ADDRESS', value: 'http://temporal:7233', part: 'api' },
    { variable: 'HANDOFF_API_PORT', value: 'eighty', part: 'api' },
    { variable: 'HANDOFF_API_PORT', value: '70000', part: 'api' },
    { variable: 'HANDOFF_API_METRICS_PORT', value: '0', part: 'api' },
    { variable: 'HANDOFF_ADMIN_KEY', value: 'short', part: 'api' },
    { variable: 'HANDOFF_LOG_LEVEL', value: 'loud', part: 'api' },
    { variable: 'HANDOFF_PUBLIC_URL', value: 'handoff.example.com', part: 'worker' },
    { variable: 'SMTP_URL', value: 'mail:25', part: 'worker' },
    { variable: 'HANDOFF_OPS_EMAIL', value: 'ops', part: 'worker' },
    { variable: 'TEMPORAL_DEPLOYMENT', value: 'hand.off', part: 'worker' },
  ] as const)('$part refuses $variable=$value and says what to write', ({ variable, value, part }) => {
    const mistakes = mistakesOf(() => readConfiguration({ ...complete, [variable]: value }, part));
    expect(mistakes).toEqual([expect.stringMatching(new RegExp(`^${variable} .*(write|must be|at least)`))]);
  });

  test('the migration leaves Temporal alone where no address is given', () => {
    const { temporalAddress } = readConfiguration({ DATABASE_URL: complete.DATABASE_URL }, 'migrate');
    expect(temporalAddress).toBeUndefined();
  });

  test('metrics are off until a program gets a port for them, and then on the loopback address unless said', () => {
    expect(readConfiguration(complete, 'api').metricsPlace).toBeUndefined();
    const ports = { ...complete, HANDOFF_API_METRICS_PORT: '4190', HANDOFF_WORKER_METRICS_PORT: '4191' };
    expect(readConfiguration(ports, 'api').metricsPlace).toEqual({ host: '127.0.0.1', port: 4190 });
    const elsewhere = { ...ports, HANDOFF_METRICS_HOST: '0.0.0.0' };
    expect(readConfiguration(elsewhere, 'worker').metricsPlace).toEqual({ host: '0.0.0.0', port: 4191 });
  });

  test('a worker without a deployment has no build, one with a deployment the build that is named', () => {
    expect(readConfiguration(complete, 'worker').deployment).toBeUndefined();
    const named = { ...complete, TEMPORAL_DEPLOYMENT: 'handoff' };
    expect(readConfiguration(named, 'worker').deployment).toEqual({ deploymentName: 'handoff', buildId: undefined });
    const both = { ...named, TEMPORAL_BUILD_ID: 'b7' };
    expect(readConfiguration(both, 'worker').deployment).toEqual({ deploymentName: 'handoff', buildId: 'b7' });
  });

  test('a build without its deployment is refused, also beside other mistakes', () => {
    const half = { ...complete, TEMPORAL_BUILD_ID: 'b7' };
    const mistake = expect.stringMatching(/^TEMPORAL_DEPLOYMENT is missing: write .*TEMPORAL_BUILD_ID/);
    expect(mistakesOf(() => readConfiguration(half, 'worker'))).toEqual([mistake]);
    const { SMTP_URL: _missing, ...others } = half;
    expect(mistakesOf(() => readConfiguration(others, 'worker'))).toHaveLength(2);
  });

  test('an empty variable counts as missing', () => {
    expect(mistakesOf(() => readConfiguration({ DATABASE_URL: '' }, 'migrate'))).toHaveLength(1);
  });
});

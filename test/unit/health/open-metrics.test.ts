import {describe, expect, it} from 'vitest';
import {metricsOf} from '../../../src/core/health/report/metrics.ts';
import {openMetrics} from '../../../src/core/health/report/open-metrics.ts';
import type {Reading} from '../../../src/core/health/parts.ts';
import {parseOpenMetrics} from '../../rig/open-metrics.ts';
import {seenPart, someReading} from '../../webview/health-values.ts';

const wicked = 'a "b" \\n {c="d",} 1\n# EOF\nü\t';

function textOf(reading: Reading): string {
  const assessment = {findings: [], grades: [], checks: []};
  const cost = {serverMs: 41.2, elapsedMs: 96, rows: 812, statements: 21};
  const metrics = metricsOf({name: 'shop', at: 0, reading, assessment, cost});
  return openMetrics(metrics, {connection: wicked});
}

describe('the text for Prometheus', () => {
  const families = parseOpenMetrics(textOf(someReading));
  const family = (name: string): (typeof families)[number] | undefined =>
    families.find(one => one.name === name);

  it('keeps to the rules of OpenMetrics, with a unit where a number has one', () => {
    expect(families.length).toBeGreaterThan(20);
    for (const {name, unit, help, samples} of families) {
      expect(help).toMatch(/\.$/);
      expect(samples.length).toBeGreaterThan(0);
      expect(unit).toBe(/_(bytes|seconds)$/.exec(name)?.[1]);
      for (const {labels} of samples) expect(labels['connection']).toBe(wicked);
    }
  });

  it('names the family of a counter without its suffix', () => {
    expect(family('howdah_commits')).toMatchObject({type: 'counter', unit: undefined});
    expect(family('howdah_wal_bytes')).toMatchObject({type: 'counter', unit: 'bytes'});
    expect(family('howdah_database_size_bytes')).toMatchObject({type: 'gauge', unit: 'bytes'});
  });

  it('has one series for standbys of one name, with the one that is furthest behind', () => {
    const {replication} = someReading;
    if (replication?.kind !== 'seen') expect.fail('there is no replication');
    const standby = (pid: number, replayLag: number, client?: string) => ({
      pid,
      application: 'walreceiver',
      replayLag,
      ...(client === undefined ? {} : {client}),
    });
    const receivers = [
      standby(1, 5, '10.0.0.1'),
      standby(2, 7, '10.0.0.1'),
      standby(3, 9, '10.0.0.2'),
      standby(4, 1),
    ];
    const reading = {...someReading, replication: seenPart({...replication.value, receivers})};
    const lag = parseOpenMetrics(textOf(reading)).find(
      ({name}) => name === 'howdah_replica_replay_lag_bytes',
    );
    expect(lag?.samples.map(({labels: {receiver, client}, value}) => [receiver, client, value])).toEqual([
      ['walreceiver', '10.0.0.1', 7],
      ['walreceiver', '10.0.0.2', 9],
      ['walreceiver', undefined, 1],
    ]);
  });
});

describe('the rules', () => {
  const meta = '# TYPE a gauge\n# HELP a b\n';
  it.each([
    ['no end', 'a 1\n', /EOF/],
    ['an end in the middle of a line', '# TYPE a gauge\na 1# EOF\n', /EOF/],
    ['something after the end', `${meta}a 1\n# EOF\na 2\n`, /EOF/],
    ['a comment', `${meta}# a comment\na 1\n# EOF\n`, /neither metadata/],
    ['an empty line', `${meta}\na 1\n# EOF\n`, /neither metadata/],
    ['metadata in another order', '# HELP a b\n# TYPE a gauge\na 1\n# EOF\n', /order/],
    ['metadata twice', '# TYPE a gauge\n# TYPE a gauge\na 1\n# EOF\n', /twice/],
    ['metadata after a sample', '# TYPE a gauge\na 1\n# HELP a b\n# EOF\n', /after a sample/],
    ['no type', '# HELP a b\n# EOF\n', /no type/],
    ['a type that is not there', '# TYPE a meter\n# EOF\n', /no type that is known/],
    ['a unit that the name lacks', '# TYPE a gauge\n# UNIT a bytes\n# EOF\n', /lacks the unit/],
    ['help with a bare quote', '# TYPE a gauge\n# HELP a "b"\n# EOF\n', /escaped/],
    ['a family in two pieces', `${meta}a 1\n# TYPE b gauge\nb 1\n# TYPE a gauge\n# EOF\n`, /one piece/],
    ['a sample of another family', `${meta}b 1\n# EOF\n`, /not a name/],
    ['a counter without its suffix', '# TYPE a counter\na 1\n# EOF\n', /not a name/],
    ['a counter below zero', '# TYPE a counter\na_total -1\n# EOF\n', /below zero/],
    ['a counter that is no number', '# TYPE a counter\na_total NaN\n# EOF\n', /below zero/],
    ['a series twice', `${meta}a{b="1",c="2"} 1\na{c="2",b="1"} 2\n# EOF\n`, /series twice/],
    ['a label twice', `${meta}a{b="1",b="2"} 1\n# EOF\n`, /label twice/],
    ['a label with a bare quote', `${meta}a{b="1"2"} 1\n# EOF\n`, /well formed/],
    ['a label that is reserved', `${meta}a{__b="1"} 1\n# EOF\n`, /reserved/],
    ['a number in words', `${meta}a one\n# EOF\n`, /neither metadata/],
    ['half a character', `${meta}a{b="\uD800"} 1\n# EOF\n`, /UTF-8/],
  ])('allow not %s', (_, text, rule) => {
    expect(() => parseOpenMetrics(text)).toThrow(rule);
  });

  it('allow what they allow', () => {
    const text =
      '# TYPE a counter\n# HELP a b \\"c\\"\na_total{b="\\\\n\\n"} 1e+21\n# TYPE c gauge\nc -Inf\n# EOF\n';
    expect(parseOpenMetrics(text)).toMatchObject([
      {name: 'a', type: 'counter', samples: [{labels: {b: '\\n\n'}, value: 1e21}]},
      {name: 'c', samples: [{value: Number.NEGATIVE_INFINITY}]},
    ]);
  });
});

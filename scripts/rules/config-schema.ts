/** @returns the JSON schema of `howdah.json`, with which editors complete and check it */
export function configSchema(rules: readonly {readonly id: string; readonly title: string}[]): string {
  const severity = {enum: ['off', 'hint', 'information', 'warning', 'error']};
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Howdah',
    description: 'What holds for everybody who works on this repository, in the editor and for npx howdah.',
    type: 'object',
    additionalProperties: false,
    properties: {
      lint: {
        description: 'Findings on migration files.',
        type: 'object',
        additionalProperties: false,
        properties: {
          rules: {
            description: 'The severity of a rule, or off.',
            type: 'object',
            additionalProperties: false,
            properties: Object.fromEntries(
              rules.map(({id, title}) => [id, {description: `${title}.`, ...severity}]),
            ),
          },
          postgresVersion: {
            description: 'The oldest major version of PostgreSQL that the migrations have to run on.',
            type: 'integer',
            minimum: 14,
            maximum: 18,
          },
          smallTable: {
            description: 'Tables of a target up to so many MB are too small to matter.',
            type: 'number',
            minimum: 0,
          },
        },
      },
      connectionGroups: {
        description:
          'Connections that migrations are applied to together: the name of a group, and the names of its connections.',
        type: 'object',
        additionalProperties: {type: 'array', minItems: 1, uniqueItems: true, items: {type: 'string'}},
      },
    },
  };
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}

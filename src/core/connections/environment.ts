import type {Environment} from './connection.ts';

// "pre-prod" and "non-prod" say prod, but are not it.
const almostProduction = /(?:pre|non|not)[^a-z]?prod(?:uction)?/gi;
const production = /prod(?!uct(?!ion)|uce)|(?<![a-z])(?:prd|live)(?![a-z])/i;
const staging = /staging|(?<![a-z])(?:stage|stg|uat|qa|acceptance|preview)(?![a-z])/i;

/**
 * Guesses how careful to be from names: of a file, a variable, a host, a database. The most careful guess counts;
 * whatever says production is production, even at `localhost`.
 *
 * @param hints names as people write them, such as `.env.production` or `db.prod.example.com`
 * @example guessEnvironment('.env', 'shop-uat.example.com') // 'staging'
 */
export function guessEnvironment(...hints: readonly string[]): Environment {
  const words = hints.map(hint => hint.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_'));
  const isAlmost = words.some(word => word.search(almostProduction) >= 0);
  const rest = words.map(word => word.replaceAll(almostProduction, ' '));
  if (rest.some(word => production.test(word))) return 'production';
  return isAlmost || rest.some(word => staging.test(word)) ? 'staging' : 'development';
}

import {expect, it} from 'vitest';
import {guessEnvironment} from '../../../src/core/connections/environment.ts';

it.each([
  ['.env', 'development'],
  ['.env.local', 'development'],
  ['.env.dev · DATABASE_URL', 'development'],
  ['localhost', 'development'],
  ['product-catalog/.env', 'development'],
  ['products', 'development'],
  ['producer', 'development'],
  ['delivery', 'development'],
  ['liverpool', 'development'],
  ['backstage', 'development'],
  ['.env.prod', 'production'],
  ['.env.production', 'production'],
  ['.env.production.local', 'production'],
  ['PROD_DATABASE_URL', 'production'],
  ['prodDatabaseUrl', 'production'],
  ['DATABASE_URL_PRODUCTION', 'production'],
  ['tmi_production', 'production'],
  ['productionreplica', 'production'],
  ['db.prod.example.com', 'production'],
  ['shop-prod1.rds.amazonaws.com', 'production'],
  ['shopprod', 'production'],
  ['eu-prd-db', 'production'],
  ['db.live.example.com', 'production'],
  ['product_prod', 'production'],
  ['.env.staging', 'staging'],
  ['docker-compose.stage.yml · db', 'staging'],
  ['shop_stg', 'staging'],
  ['UAT_DB_URL', 'staging'],
  ['qa.example.com', 'staging'],
  ['.env.preprod', 'staging'],
  ['pre-production', 'staging'],
  ['nonprod-db', 'staging'],
  ['preprod.prod.example.com', 'production'],
])('%s → %s', (hint, environment) => expect(guessEnvironment(hint)).toBe(environment));

it.each([
  [['.env', 'db.prod.example.com'], 'production'],
  [['.env.staging', 'localhost', 'shop_production'], 'production'],
  [['.env', 'shop-uat.example.com'], 'staging'],
  [[], 'development'],
])('takes the most careful of %s', (hints, environment) =>
  expect(guessEnvironment(...hints)).toBe(environment),
);

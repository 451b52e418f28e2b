import {alembicFixture} from './alembic-fixture.ts';
import {frameworkContract} from './framework-contract.ts';

frameworkContract('Alembic on PostgreSQL 18', () => alembicFixture(18));

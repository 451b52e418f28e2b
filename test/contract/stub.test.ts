import {frameworkContract} from './framework-contract.ts';
import {stubFixture} from './stub-framework.ts';

frameworkContract('a framework in memory', stubFixture);

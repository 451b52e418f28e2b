import {testProperty} from './property.ts';

testProperty(16);

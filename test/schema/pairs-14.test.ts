import {testProperty} from './property.ts';

testProperty(14);

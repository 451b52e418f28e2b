import {testProperty} from './property.ts';

testProperty(17);

export { VirtualClock } from '../../src/temporal/virtual-clock.js';

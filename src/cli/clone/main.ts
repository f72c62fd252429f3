export { main } from '../main.js';
export { cloneRuntime } from './runtime.js';

/** A synthesis whose modules are loaded one by one, by tsx: what bundling saves. */
import { main } from './synth.js';

await main();

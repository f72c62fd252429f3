import { operators } from '../test/alerts/mutant.js';
import { mutate, type Outcome } from '../test/alerts/mutation.js';
import { shippedGroups } from '../test/alerts/promtool.js';
import { EngineError } from '../test/engines/engine.js';

const target = 0.9;

const share = (outcomes: readonly Outcome[]): string => {
  const killed = outcomes.filter((one) => one.killed).length;
  const percent = outcomes.length === 0 ? 100 : (100 * killed) / outcomes.length;
  return `${killed} of ${outcomes.length} killed (${percent.toFixed(1)} %)`;
};

/** Reports which mutants the tests detect, for the given groups or for all. */
const main = async (wanted: readonly string[]): Promise<boolean> => {
  const groups = await shippedGroups();
  const names = wanted.length > 0 ? wanted : Object.keys(groups);
  const unknown = names.filter((name) => !(name in groups));
  if (unknown.length > 0) {
    console.error(`No such group: ${unknown.join(', ')}.`);
    return false;
  }
  const outcomes = await mutate(groups, names, (done, total) => {
    if (done % 50 === 0 || done === total) console.error(`${done} of ${total} …`);
  });
  for (const operator of operators) {
    const own = outcomes.filter((one) => one.operator === operator);
    console.log(`${operator.padEnd(10)} ${share(own)}`);
  }
  console.log(`${'all'.padEnd(10)} ${share(outcomes)}`);
  for (const { killed, group, rule, change } of outcomes) {
    if (!killed) console.log(`survives: ${group} ${rule}: ${change}`);
  }
  return outcomes.filter((one) => one.killed).length >= target * outcomes.length;
};

try {
  process.exitCode = (await main(process.argv.slice(2))) ? 0 : 1;
} catch (error) {
  if (!(error instanceof EngineError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

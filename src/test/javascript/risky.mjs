// Guards an operation by the example, as an application does: risky.mjs <address> <well | badly>, for how the operation ends.
import neo4j from 'neo4j-driver';
import { riskyOperation } from './backup.mjs';

const [address, end] = process.argv.slice(2);
const driver = neo4j.driver(address, neo4j.auth.basic('neo4j', ''));
try {
  await riskyOperation(driver, async () => {
    await driver.executeQuery('CREATE (:Done)', {}, { database: 'neo4j' });
    if (end === 'badly') {
      throw new Error('the analysis has failed');
    }
  });
} finally {
  await driver.close();
}

// A backup before an upgrade, and the way back, with Neo4j's driver (npm install) and the password in NEO4J_PASSWORD:
//
//   node upgrade.mjs bolt://localhost:7687 before 1.5.0
//   node upgrade.mjs bolt://localhost:7687 rollback /…/fullbackup/ign_scripts_db_backup_….json
import neo4j from 'neo4j-driver';
import { beforeUpgrade, rollbackUpgrade } from './backup.mjs';

const steps = {
  before: async (driver, version) => console.log(await beforeUpgrade(driver, version)),
  rollback: rollbackUpgrade,
};

const [address, step, what, ...more] = process.argv.slice(2);
if (!Object.hasOwn(steps, step ?? '') || what === undefined || more.length > 0) {
  console.error('upgrade.mjs <address> before <version> | <address> rollback <path>');
  process.exit(2);
}
const driver = neo4j.driver(address, neo4j.auth.basic('neo4j', process.env.NEO4J_PASSWORD ?? ''));
try {
  await steps[step](driver, what);
} finally {
  await driver.close();
}

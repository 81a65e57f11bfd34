// How an application backs up its graph, guards a risky operation, and goes back when that fails. To be copied into an application;
// upgrade.mjs calls it from a shell.
import { basename } from 'node:path';

/** The upgrade must not begin. */
export class UpgradeError extends Error {
  name = 'UpgradeError';
}

/** The graph is as the operation has left it. */
export class RollbackError extends Error {
  name = 'RollbackError';
}

/** Before the first step of an upgrade; gives the path of the backup, to be kept for rollbackUpgrade. */
export async function beforeUpgrade(driver, newVersion) {
  const options = { tier: 'pre-upgrade', pin: true };
  const backup = await createFullBackup(driver, `Pre-upgrade backup before v${newVersion}`, options);
  if (!backup.success) {
    throw new UpgradeError('Failed to create pre-upgrade backup', { cause: new Error(backup.text) });
  }
  return backup.text;
}

/** When a step of the upgrade has failed. */
export async function rollbackUpgrade(driver, backupPath, failure) {
  const restored = await restoreFromBackup(driver, backupPath);
  if (!restored.success) {
    throw new RollbackError(`Failed to rollback: ${restored.text}`, { cause: failure });
  }
}

/** Does something that may go wrong half-way; if it does, the graph is as it was before. */
export async function riskyOperation(driver, performBulkDataOperation) {
  const backup = await createFullBackup(driver, 'Before pattern analysis update', { pin: true }); // no other may displace it
  if (!backup.success) {
    throw new Error(`Backup failed: ${backup.text}`);
  }
  try {
    await performBulkDataOperation();
  } catch (failure) {
    await rollbackUpgrade(driver, backup.text, failure);
    throw failure;
  }
  await call(driver, 'CALL ign.backup.unpin($file)', { file: basename(backup.text) });
}

/** Whether it was made; and its path, or why not. */
export async function createFullBackup(driver, reason, options = {}) {
  const row = await call(driver, 'CALL ign.backup.create($reason, $options)', { reason, options });
  return outcome(row, 'path');
}

/** Restores the backup of that path or name: whether it was done; and what, or why not. */
export async function restoreFromBackup(driver, backupPath) {
  const file = basename(backupPath);
  const row = await call(driver, 'CALL ign.backup.restore($file, {confirm: true})', { file });
  return outcome(row, 'message');
}

function outcome(row, column) {
  return row.get('success')
    ? { success: true, text: row.get(column) }
    : { success: false, text: `${row.get('message')}. ${row.get('hint') ?? ''}` };
}

/** On 'system': a restore stops the other database for a moment, and a session there would not see the answer. */
async function call(driver, statement, parameters) {
  const session = driver.session({ database: 'system' });
  try {
    const result = await session.run(statement, parameters);
    return result.records[0];
  } finally {
    await session.close();
  }
}

// A new backup.

import { ask } from './dialog.js';
import { choice, element, field, tick } from './dom.js';

const TIERS = ['manual', 'daily', 'weekly', 'monthly', 'pre-upgrade'];
const COMPRESSIONS = [['', 'that of the tier'], 'none', 'zstd', 'gzip'];

export async function create(app) {
  const answer = await ask({
    title: 'Create backup',
    content: [
      field('Reason', element('input', { name: 'reason', maxlength: 1000, placeholder: 'Manual backup' })),
      field('Tier', choice('tier', TIERS), 'Older ones of the same tier go when retention says so.'),
      field('Compression', choice('compression', COMPRESSIONS)),
      tick('Pin it', 'pin', false, 'retention leaves it alone'),
      tick('Verify it', 'verify', true, 'read it back before it counts'),
      tick('Let writers wait', 'pauseWrites', false, 'no backup needs that')],
    action: 'Create',
  });
  if (answer) {
    const options = {
      tier: answer.get('tier'),
      pin: answer.has('pin'),
      verify: answer.has('verify'),
      pauseWrites: answer.has('pauseWrites'),
    };
    if (answer.get('compression')) {
      options.compression = answer.get('compression');
    }
    await app.work('create', answer.get('reason') || 'Manual backup', options);
  }
}

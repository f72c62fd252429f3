import type { Rotation } from '../model/prerequisite.js';

/** What happens after a Secret has got another value, as a sentence without a full stop. */
export const rotationText = (rotation: Rotation, secret: string): string => {
  switch (rotation.kind) {
    case 'reread':
      return `read again ${rotation.when ?? 'within about two minutes'}`;
    case 'restart':
      return `read at the start: change secrets.versions['${secret}'], synthesize and apply`;
    case 'manual':
      return `by hand: ${rotation.steps}`;
  }
};

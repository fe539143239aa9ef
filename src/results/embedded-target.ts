/** The name of the target that a run starts by itself. */
export const embeddedTarget = 'embedded mock';

/** What asks for it where the name of a target belongs; no target of a configuration may be called so. */
export const embeddedTargetWord = 'mock';

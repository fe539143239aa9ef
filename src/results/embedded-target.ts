/** The name of the target that a run starts by itself where it is given no other. */
export const embeddedTarget = 'embedded mock';

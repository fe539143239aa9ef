/** The most bytes of a body that are read; what is longer is cut off and told. */
export const mostBodyBytes = 16 * 1024 * 1024;

/** What dredd needs to be fair: see tools.js. Dredd gives `hooks` to a hook file. */
const hooks = require('hooks');

hooks.beforeEach((transaction, done) => {
  const status = Number(transaction.expected.statusCode);
  delete transaction.expected.headers?.['Content-Type'];
  if (status === 401) delete transaction.request.headers.Authorization;
  else if (status >= 300) transaction.skip = true;
  done();
});

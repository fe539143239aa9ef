/** Bundles the script of report.html and puts it, with the style, where the compiled code finds it. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const script = at('dist/report-page/page.js');

await mkdir(at('dist/report-page'), { recursive: true });
await build({
  input: at('src/report/html/page/main.ts'),
  tsconfig: at('src/report/html/page/tsconfig.json'),
  output: { file: script, format: 'iife', minify: true },
  logLevel: 'warn',
});
// The script is put into the page as it is: this would end it.
if ((await readFile(script, 'utf8')).includes('</script'))
  throw new Error('the script of the page ends itself');
// The rules for phones and paper come last: they change what stands before them.
const styles = ['base', 'cases', 'plots', 'media'].map((name) =>
  at(`src/report/html/page/styles/${name}.css`),
);
const texts = await Promise.all(styles.map((path) => readFile(path, 'utf8')));
await writeFile(at('dist/report-page/page.css'), texts.join('\n'));

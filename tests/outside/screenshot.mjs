// A picture of a whole page: node screenshot.mjs PAGE WIDTH SCHEME PICTURE.

import { opened } from "./browser.mjs";

const [path, width, scheme, to] = process.argv.slice(2);
await opened(path, width, scheme, (page) => page.screenshot({ path: to, fullPage: true }));

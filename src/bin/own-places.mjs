import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A plug-in for esbuild: a module of ours knows where it lies, also as a part of another. */
export const ownPlaces = {
  name: 'own-places',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, ({ path }) => ({
      contents: withPlaces(readFileSync(path, 'utf8'), path),
      loader: 'ts',
    }));
  },
};

function withPlaces(text, path) {
  const places = { url: pathToFileURL(path).href, dirname: dirname(path), filename: path };
  return text.replace(/(?<!['"`])\bimport\.meta\.(url|dirname|filename)\b/g, (_, place) =>
    JSON.stringify(places[place]),
  );
}

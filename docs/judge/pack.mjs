// Packs what the checker needs in a browser into one file: the wheels and deltasift, compiled by the Python that will run it.
//
//   node pack.mjs PYODIDE PACKAGES OUT

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [pyodide, packages, out] = process.argv.slice(2).map((path) => resolve(path));
const { loadPyodide } = await import(pathToFileURL(join(pyodide, "pyodide.mjs")).href);
const python = await loadPyodide({ indexURL: pyodide });
python.FS.mkdir("/packages");
for (const name of readdirSync(packages).sort()) {
  python.unpackArchive(new Uint8Array(readFileSync(join(packages, name))), "zip", { extractDir: "/packages" });
}
// Tests and headers stay behind, and so does the text of what others wrote; of deltasift it tells where a line is written.
python.runPython(`
import compileall, py_compile, shutil, zipfile
from pathlib import Path

root = Path("/packages")
for folder in [*root.rglob("tests"), root / "z3" / "include"]:
    shutil.rmtree(folder, ignore_errors=True)
for library in root.glob("z3/lib/libz3.so.*"):  # the same as libz3.so
    library.unlink()
for part in sorted(root.iterdir()):
    if part.suffix == ".dist-info":
        continue
    ours = "deltasift" in part.name
    how = dict(quiet=2, legacy=not ours, invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)
    (compileall.compile_dir if part.is_dir() else compileall.compile_file)(str(part), **how)
    for file in [] if ours else part.rglob("*.py"):
        file.unlink()
with zipfile.ZipFile("/packages.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
    for file in sorted(f for f in root.rglob("*") if f.is_file()):
        packed.write(file, file.relative_to(root))
`);
writeFileSync(out, python.FS.readFile("/packages.zip"));

"""The notebook in `docs/notebook` runs, and its tables are there."""

import importlib.util
import os
import unittest
from pathlib import Path

NOTEBOOK = Path(__file__).parents[2] / "docs" / "notebook" / "byhand.ipynb"
MISSING = [name for name in ("nbformat", "nbclient", "ipykernel") if importlib.util.find_spec(name) is None]


@unittest.skipIf(MISSING, f"{', '.join(MISSING)} is not installed")
class Notebook(unittest.TestCase):
    def test_every_cell_runs_and_the_first_difference_is_marked(self):
        import nbclient
        import nbformat

        # The kernel is another process, and looks for `byhand` where this one found it.
        here = str(Path(__file__).parents[1])
        os.environ["PYTHONPATH"] = os.pathsep.join([here, os.environ.get("PYTHONPATH", "")])
        if "BYHAND" in os.environ:
            os.environ["BYHAND"] = os.path.abspath(os.environ["BYHAND"])
        notebook = nbformat.read(NOTEBOOK, as_version=4)
        nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
        rendered = os.environ.get("BYHAND_NOTEBOOK")
        if rendered:
            nbformat.write(notebook, rendered)
        html = [
            output["data"]["text/html"]
            for cell in notebook.cells
            if cell.cell_type == "code"
            for output in cell.outputs
            if "text/html" in output.get("data", {})
        ]
        self.assertEqual(len(html), 4)
        self.assertIn("You skipped relu in layer `dense`.", html[1])
        self.assertIn("◀ first difference", html[1])


if __name__ == "__main__":
    unittest.main()

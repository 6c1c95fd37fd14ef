"""The folder in DOCS as Starlette's StaticFiles serves it.

DOCS=DIR uvicorn --app-dir bench/peers serve_static:app
"""

import os

from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

app = Starlette(routes=[Mount("/", StaticFiles(directory=os.environ["DOCS"]))])

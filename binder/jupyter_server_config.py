# Read by `run.py lab` (JUPYTER_CONFIG_PATH) and, on Binder, copied to where the server looks.
from annkit.notebooks import before_saving

c.FileContentsManager.pre_save_hook = before_saving  # noqa: F821 Jupyter provides c

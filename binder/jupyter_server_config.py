# Read by `run.py lab` (JUPYTER_CONFIG_PATH) and, on Binder, copied to where the server looks.
from annkit.notebooks import before_saving

c.FileContentsManager.pre_save_hook = before_saving  # noqa: F821 Jupyter provides c

# What widgets send is no work of the kernel that JupyterLab should show: it would fetch another icon for the browser's
# tab four times a picture, and a lab that is turned would show half as many pictures.
c.MappingKernelManager.untracked_message_types.append("comm_msg")  # noqa: F821

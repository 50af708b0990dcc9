"""Export: a network as Python, in one expression, or as a program of its own for NumPy or for PyTorch."""


def to_code(net):
    """The expression that makes `net` again."""
    options = {"activation": net.activation, "output": net.output}
    options = {name: value for name, value in options.items() if value != "sigmoid"}
    if any(net.skips):
        options |= {"skips": list(net.skips)}
    drawn = type(net)(net.sizes, net.activation, net.output, net.seed, net.init)
    if drawn.parameters.tobytes() != net.parameters.tobytes():
        options |= {"parameters": net.parameters.tolist()}
    elif net.init == "glorot":
        options |= {"seed": net.seed}
    else:
        options |= {"seed": net.seed, "init": net.init}
    return f"Network({', '.join([repr(list(net.sizes)), *(f'{name}={value!r}' for name, value in options.items())])})"


def to_numpy_code(net):
    """The program that has the numbers and functions of `net`, and its ``predict(X)``."""
    lines = ["import numpy as np", ""]
    for i, (W, b) in enumerate(zip(net.weights, net.biases, strict=True), start=1):
        rows = "".join(f"    {row},\n" for row in W.tolist())
        lines += [f"W{i} = np.array([\n{rows}])", f"b{i} = np.array({b.tolist()})"]
    for name, function in {function.name: function for function in net.activations}.items():
        lines += ["", "", f"def {name}(z):", f"    return {function.code}"]
    lines += ["", "", "def predict(X):", "    a0 = np.asarray(X, dtype=float)"]
    for i, (function, skip) in enumerate(zip(net.activations, (*net.skips, 0), strict=True), start=1):
        past = f"a{i - 1} + {skip!r} * " if skip else ""
        lines.append(f"    a{i} = {past}{function.name}(a{i - 1} @ W{i} + b{i})")
    return "\n".join([*lines, f"    return a{len(net.activations)}", ""])


TORCH = {
    "step": "Step()", "sigmoid": "nn.Sigmoid()", "identity": "nn.Identity()", "relu": "nn.ReLU()", "tanh": "nn.Tanh()",
    "leaky_relu": "nn.LeakyReLU(0.01)", "gelu": 'nn.GELU(approximate="tanh")', "softmax": "nn.Softmax(dim=-1)",
}  # fmt: skip
"""What PyTorch calls each activation; it has no step."""
STEP = ["class Step(nn.Module):", "    def forward(self, z):", "        return (z > 0).to(z.dtype)", "", ""]
SKIP = [
    "class Skip(nn.Module):",
    "    def __init__(self, factor, *layers):",
    "        super().__init__()",
    "        self.factor, self.layers = factor, nn.Sequential(*layers)",
    "",
    "    def forward(self, a):",
    "        return a + self.factor * self.layers(a)",
    "",
    "",
]


def to_torch_code(net):
    """The program that makes `net` a ``model`` of PyTorch, and its ``predict(X)``."""
    lines = ["import torch", "from torch import nn", "", ""]
    if any(function.name == "step" for function in net.activations):
        lines += STEP
    if any(net.skips):
        lines += SKIP
    lines.append("model = nn.Sequential(")
    for before, units, function, skip in zip(net.sizes, net.sizes[1:], net.activations, (*net.skips, 0), strict=False):
        layer = f"nn.Linear({before}, {units}), {TORCH[function.name]}"
        lines.append(f"    Skip({skip!r}, {layer})," if skip else f"    {layer},")
    lines += [").double()", "parameters = ["]
    for W, b in zip(net.weights, net.biases, strict=True):
        lines += ["    [", *(f"        {row}," for row in W.T.tolist()), "    ],", f"    {b.tolist()},"]
    lines += ["]", "with torch.no_grad():", "    for parameter, values in zip(model.parameters(), parameters):"]
    lines += [
        "        parameter.copy_(torch.tensor(values, dtype=torch.float64))",
        "",
        "",
        "def predict(X):",
        "    with torch.no_grad():",
    ]
    return "\n".join([*lines, "        return model(torch.as_tensor(X, dtype=torch.float64)).numpy()", ""])

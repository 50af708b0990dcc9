"""Export: a network as Python, in one expression or as a program of its own."""


def to_code(net):
    """The expression that makes `net` again."""
    options = {"activation": net.activation, "output": net.output}
    options = {name: value for name, value in options.items() if value != "sigmoid"}
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
    for i, function in enumerate(net.activations, start=1):
        lines.append(f"    a{i} = {function.name}(a{i - 1} @ W{i} + b{i})")
    return "\n".join([*lines, f"    return a{len(net.activations)}", ""])

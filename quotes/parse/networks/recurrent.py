"""LSTMs over many sequences of different lengths, from projections of their inputs.

The part of an LSTM that looks at the input alone depends on the word form alone, so it is worked out once a form and
looked up here; only the part that looks back is worked out a step at a time. Sequences are laid out step by step, the
longest first: the rows of a step are those of its sequences that are long enough.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn


@dataclass(frozen=True, slots=True)
class Layout:
    """Sequences laid out step by step: how many rows each step has, and where each row is in the sequences' own order.

    ``rows[i]`` is the place of row i where the sequences are written one after the other.
    """

    steps: tuple[int, ...]
    rows: Tensor

    @staticmethod
    def of(lengths: Sequence[int]) -> Layout:
        """The layout of sequences given by ``lengths``, which must not increase."""
        sizes = np.asarray(lengths)
        starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
        longest = int(sizes[0])
        steps = np.searchsorted(-sizes, -np.arange(longest), side="left")
        rows = np.concatenate([starts[:count] + step for step, count in enumerate(steps)])
        return Layout(tuple(steps.tolist()), torch.from_numpy(rows))

    def restore(self, laid_out: Tensor) -> Tensor:
        """The rows in the sequences' own order."""
        found = torch.empty_like(laid_out)
        found[self.rows] = laid_out
        return found


@dataclass(frozen=True, slots=True)
class Direction:
    """One direction of an LSTM: weights on the state before (gates in the order input, forget, output, new), and the
    state that it starts from."""

    recurrent: Tensor
    hidden: Tensor
    cell: Tensor
    backward: bool

    def run(self, gates: Tensor, steps: Sequence[int]) -> Tensor:
        """The states after each row. ``gates`` holds what the inputs contribute, and is written over."""
        size = self.recurrent.shape[0]
        states = gates.new_empty((len(gates), size))
        hidden, cell = self.hidden, self.cell
        for start, stop in self._bounds(steps):
            count = stop - start
            if len(hidden) != count:
                hidden, cell = self._fit(hidden, count, self.hidden), self._fit(cell, count, self.cell)
            at = gates[start:stop]
            at.addmm_(hidden, self.recurrent)
            opened = at[:, : 3 * size].sigmoid_()
            cell = (opened[:, size : 2 * size] * cell).addcmul_(opened[:, :size], at[:, 3 * size :].tanh_())
            hidden = states[start:stop]
            torch.mul(opened[:, 2 * size :], cell.tanh(), out=hidden)
        return states

    def _bounds(self, steps: Sequence[int]) -> Iterator[tuple[int, int]]:
        stops = np.cumsum(steps).tolist()
        bounds = list(zip([0, *stops[:-1]], stops, strict=True))
        return iter(reversed(bounds)) if self.backward else iter(bounds)

    @staticmethod
    def _fit(state: Tensor, count: int, initial: Tensor) -> Tensor:
        """The state for ``count`` sequences: shorter ones have ended, or (backwards) begin only now."""
        if len(state) > count:
            return state[:count]
        return torch.cat([state, initial.expand(count - len(state), -1)])


@dataclass(frozen=True, slots=True)
class Lstm:
    """A layer in one direction or both. ``weights`` and ``bias`` turn an input into what it contributes to the gates of
    each direction, side by side."""

    weights: Tensor
    bias: Tensor
    directions: tuple[Direction, ...]

    @staticmethod
    def of(module: nn.LSTM, hidden: Tensor | None = None, cell: Tensor | None = None) -> Lstm:
        """The single layer of a torch module; ``hidden`` and ``cell`` (direction, 1, size) are where it starts from."""
        size = module.hidden_size
        order = torch.cat([torch.arange(2 * size), torch.arange(3 * size, 4 * size), torch.arange(2 * size, 3 * size)])
        weights, biases, directions = [], [], []
        for number, suffix in enumerate(("", "_reverse")[: 2 if module.bidirectional else 1]):
            part = {name: getattr(module, f"{name}_l0{suffix}").detach()[order] for name in _PARAMETERS}
            weights.append(part["weight_ih"].t())
            biases.append(part["bias_ih"] + part["bias_hh"])
            zeros = torch.zeros(1, size)
            directions.append(
                Direction(
                    part["weight_hh"].t().contiguous(),
                    zeros if hidden is None else hidden[number].detach(),
                    zeros if cell is None else cell[number].detach(),
                    bool(suffix),
                )
            )
        return Lstm(torch.cat(weights, 1).contiguous(), torch.cat(biases).contiguous(), tuple(directions))

    def run(self, gates: Tensor, layout: Layout) -> Tensor:
        """The states of all directions side by side. ``gates`` is written over."""
        parts = gates.chunk(len(self.directions), 1)
        states = [d.run(part, layout.steps) for d, part in zip(self.directions, parts, strict=True)]
        return torch.cat(states, 1) if len(states) > 1 else states[0]


_PARAMETERS = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")


@dataclass(frozen=True, slots=True)
class HighwayLayer:
    """An LSTM in both directions with a gated way past it (Stanza's HighwayLSTM)."""

    lstm: Lstm
    weights: Tensor
    bias: Tensor

    @staticmethod
    def of(lstm: Lstm, gate: nn.Linear, highway: nn.Linear) -> HighwayLayer:
        weights = torch.cat([lstm.weights, gate.weight.detach().t(), highway.weight.detach().t()], 1).contiguous()
        return HighwayLayer(lstm, weights, torch.cat([lstm.bias, gate.bias.detach(), highway.bias.detach()]))

    def project(self, inputs: Tensor) -> Tensor:
        """What inputs contribute: to the LSTM's gates, to the gate of the way past it, to that way."""
        return torch.addmm(self.bias, inputs, self.weights)

    def run(self, projected: Tensor, layout: Layout) -> Tensor:
        """The layer's output. ``projected`` is written over."""
        gates = len(self.lstm.bias)
        width = (projected.shape[1] - gates) // 2
        states = self.lstm.run(projected[:, :gates], layout)
        gate, highway = projected[:, gates : gates + width], projected[:, gates + width :]
        return states.addcmul_(gate.sigmoid_(), highway.tanh_())


def highway_layers(module: nn.Module, hidden: Tensor, cell: Tensor) -> tuple[HighwayLayer, ...]:
    """The layers of Stanza's HighwayLSTM; ``hidden`` and ``cell`` (layer and direction, 1, size) are the start."""
    layers = []
    for i, (packed, gate, highway) in enumerate(zip(module.lstm, module.gate, module.highway, strict=True)):  # type: ignore[arg-type]
        both = slice(2 * i, 2 * i + 2)
        layers.append(HighwayLayer.of(Lstm.of(packed.lstm, hidden[both], cell[both]), gate, highway))
    return tuple(layers)


def batches(lengths: Sequence[int], most: int) -> Iterator[list[int]]:
    """Indices of sequences in groups, the longest first, each of at most ``most`` rows in all (or one sequence)."""
    order = sorted(range(len(lengths)), key=lengths.__getitem__, reverse=True)
    group: list[int] = []
    rows = 0
    for i in order:
        if group and rows + lengths[i] > most:
            yield group
            group, rows = [], 0
        group.append(i)
        rows += lengths[i]
    if group:
        yield group

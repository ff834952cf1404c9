"""Two models of Stella Architect, written out plainly, and the shares of loops that Stella exported for them.

Source of models and figures: github.com/UB-IAD/sd-ai (MIT licence), ``bassDiffusion.stmx`` and
``predatorPrey.stmx`` with their exported results, "Percent of Model Behavior Explained by Loop". Nothing of
the project is used here. Values are computed as Stella does: stocks step by Euler or the classical
Runge-Kutta method, everything else at the same timestamp.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

Values = dict[str, float]


@dataclass(frozen=True)
class StockModel:
    """Stocks and flows in Stella's sense."""

    start: Values
    flows: dict[str, dict[str, int]]  # of each stock, with the sign of each
    formulas: dict[str, tuple[Callable[..., float], tuple[str, ...]]]  # in the order of evaluation

    @property
    def links(self) -> list[tuple[str, str]]:
        into_formulas = [(source, name) for name, (_, sources) in self.formulas.items() for source in sources]
        return into_formulas + [(flow, stock) for stock, flows in self.flows.items() for flow in flows]

    def values(self, levels: np.ndarray) -> Values:
        known = dict(zip(self.start, levels.tolist(), strict=True))
        for name, (formula, sources) in self.formulas.items():
            known[name] = formula(*(known[source] for source in sources))
        return known

    def net(self, values: Values, stock: str) -> float:
        return sum(sign * values[flow] for flow, sign in self.flows[stock].items())

    def slope(self, levels: np.ndarray) -> np.ndarray:
        values = self.values(levels)
        return np.array([self.net(values, stock) for stock in self.start])

    def run(self, *, steps: int, dt: float, runge_kutta: bool) -> list[Values]:
        levels = np.array(list(self.start.values()), dtype=float)
        states = [self.values(levels)]
        for _ in range(steps):
            slope = self.slope(levels)
            if runge_kutta:
                second = self.slope(levels + dt / 2 * slope)
                third = self.slope(levels + dt / 2 * second)
                slope = (slope + 2 * second + 2 * third + self.slope(levels + dt * third)) / 6
            levels = levels + dt * slope
            states.append(self.values(levels))
        return states

    def changes(self, before: Values, now: Values) -> np.ndarray:
        """Gains, input changes and target changes (3, K) of the links over one step, in changed-last form.

        The partial change of a formula is its value now less that with the one input set back. A flow's gain
        on its stock is its sign, and what the stock's change is measured by is its net flow.
        """
        columns = []
        for source, target in self.links:
            input_change = now[source] - before[source]
            if target in self.flows:
                gain, change = self.flows[target][source], self.net(now, target) - self.net(before, target)
            else:
                formula, sources = self.formulas[target]
                set_back = formula(*(before[name] if name == source else now[name] for name in sources))
                gain = (now[target] - set_back) / input_change if input_change else 0.0
                change = now[target] - before[target]
            columns.append((gain, input_change, change))
        return np.array(columns).T

    def around(self, *names: str) -> tuple[int, ...]:
        """The places of the links along a loop."""
        pairs = zip(names, (*names[1:], names[0]), strict=True)
        return tuple(self.links.index(pair) for pair in pairs)


def graph(top: float, *points: float) -> Callable[[float], float]:
    """A graphical function over 0 to `top`: straight between its points, flat outside them."""
    return lambda x: float(np.interp(x, np.linspace(0, top, len(points)), points))


MARKET = 1e6
BASS = StockModel(
    start={"potential": MARKET - 1, "adopters": 1},
    flows={"potential": {"adopting": -1}, "adopters": {"adopting": 1}},
    formulas={
        "probability": (lambda potential: potential / MARKET, ("potential",)),
        "contacts": (lambda adopters: 100 * adopters, ("adopters",)),
        "meetings": (lambda probability, contacts: probability * contacts, ("probability", "contacts")),
        "word of mouth": (lambda meetings: 0.015 * meetings, ("meetings",)),
        "adopting": (lambda word: word, ("word of mouth",)),
    },
)
"""Euler, 1/16 of a year, 15 years."""
BASS_LOOPS = (
    BASS.around("adopters", "contacts", "meetings", "word of mouth", "adopting"),
    BASS.around("potential", "probability", "meetings", "word of mouth", "adopting"),
)
BASS_PERCENT = {  # year: (R1, B1)
    0.0: (0.0, 0.0),
    0.0625: (99.99989062500927, 0.00010937499072716261),
    0.5: (99.99979519332253, 0.00020480667746938927),
    1.0: (99.99958054266993, 0.00041945733007928317),
    1.5: (99.99914092600898, 0.0008590739910190966),
    2.0: (99.9982405719002, 0.001759428099811464),
    2.5: (99.99639663106478, 0.003603368935218926),
    3.0: (99.99262030754902, 0.007379692450995833),
    3.5: (99.98488695132882, 0.015113048671180847),
    4.0: (99.96905191943489, 0.030948080565125605),
    4.5: (99.93663499567141, 0.06336500432859404),
    5.0: (99.87030287202612, 0.12969712797387958),
    5.5: (99.73470113432698, 0.26529886567301236),
    6.0: (99.45802793606968, 0.5419720639303205),
    6.5: (98.89574263918706, 1.1042573608129382),
    7.0: (97.76211739870004, 2.2378826012999578),
    7.5: (95.51314607570885, 4.486853924291151),
    8.0: (91.19142435252456, 8.808575647475438),
    8.5: (83.37746211968727, 16.622537880312724),
    9.0: (70.7125094196614, 29.287490580338616),
    9.25: (62.535247509748544, 37.464752490251456),
    9.3125: (60.33880916299632, 39.66119083700367),
    9.375: (58.09526945197312, 41.90473054802689),
    9.4375: (55.81295700275449, 44.18704299724551),
    9.5: (53.50088556755067, 46.49911443244934),
    9.5625: (51.16862575482285, 48.83137424517715),
    9.625: (48.82615608559289, 51.17384391440711),
    9.6875: (46.483697875782575, 53.516302124217425),
    9.75: (44.15153948262191, 55.848460517378086),
    9.8125: (41.83985619239395, 58.16014380760605),
    9.875: (39.55853239266963, 60.44146760733037),
    9.9375: (37.31699262310243, 62.683007376897564),
    10.0: (35.124047631967095, 64.87595236803291),
    10.5: (20.102819675517246, 79.89718032448275),
    11.0: (10.380733169909835, 89.61926683009017),
    11.5: (5.034639421679501, 94.9653605783205),
    12.0: (2.3618449265670245, 97.63815507343297),
    12.5: (1.090026227665735, 98.90997377233425),
    13.0: (0.4992005325336709, 99.50079946746632),
    13.5: (0.22780565503401928, 99.77219434496598),
    14.0: (0.10378723985740851, 99.89621276014259),
    14.5: (0.04724972254936607, 99.95275027745063),
    15.0: (0.02150338563557581, 99.97849661436442),
}

PREDATOR_PREY = StockModel(
    start={"hares": 5e4, "lynx": 1250 - 400},
    flows={
        "hares": {"hare births": 1, "hare deaths": -1},
        "lynx": {"lynx births": 1, "lynx deaths": -1},
    },
    formulas={
        "density": (lambda hares: hares / 1e3, ("hares",)),
        "kills": (graph(500, 0, 50, 100, 150, 200, 250, 300, 350, 400, 450, 500), ("density",)),
        "mortality": (graph(100, 0.94, 0.66, 0.4, 0.35, 0.3, 0.25, 0.2, 0.15, 0.1, 0.07, 0.05), ("density",)),
        "hare births": (lambda hares: hares * 1.25, ("hares",)),
        "hare deaths": (lambda lynx, kills: lynx * kills, ("lynx", "kills")),
        "lynx births": (lambda lynx: lynx * 0.25, ("lynx",)),
        "lynx deaths": (lambda lynx, mortality: lynx * mortality, ("lynx", "mortality")),
    },
)
"""Runge-Kutta, 1/32 of a year, 100 years, saved every year."""
PREDATOR_PREY_LOOPS = (
    PREDATOR_PREY.around("hares", "hare births"),
    PREDATOR_PREY.around("hares", "density", "kills", "hare deaths"),
    PREDATOR_PREY.around("lynx", "lynx births"),
    PREDATOR_PREY.around("lynx", "lynx deaths"),
    PREDATOR_PREY.around("lynx", "hare deaths", "hares", "density", "mortality", "lynx deaths"),
)
PREDATOR_PREY_PERCENT = {  # year: (R1, B1, R2, B2, B3)
    0: (0.0, 0.0, 0.0, 0.0, 0.0),
    1: (51.33260805479998, 36.91910404110566, 0.49626388480248307, 0.263762350123579, 10.988261669168287),
    2: (35.45980474286822, 30.066242342623937, 15.844395582213549, 3.5451352980759694, 15.08442203421833),
    3: (10.248817583702285, 10.608558708077416, 65.95218642351716, 13.190437284703151, 0.0),
    4: (26.306407799903468, 33.04683936929555, 9.378430684679493, 2.9072277307122074, 28.361094415409266),
    5: (39.357218959624525, 55.150696805098555, 0.759287592027034, 0.6538327467125862, 4.078963896537319),
    7: (14.135337063028153, 17.330120978938155, 20.99175226240812, 31.967474328233724, 15.575315367391843),
    8: (5.98896676767701, 6.365807102232057, 23.76101973656718, 38.223341601706196, 25.66086479181755),
    12: (
        59.108018518777044,
        40.194213216503265,
        0.17110501027208996,
        0.17244606763721645,
        0.3542171868104056,
    ),
    15: (9.21140005815841, 9.49728070936522, 67.74276602706381, 13.54855320541257, 0.0),
    16: (25.7762594859432, 32.270574292780545, 9.987000482164978, 3.0301176814592705, 28.936048057652),
    20: (6.540033633953766, 6.97233812744037, 23.31731313385476, 37.43287519870826, 25.737439906042834),
    27: (8.115796292383989, 8.334823594019431, 69.6244834279972, 13.924896685599391, 0.0),
    28: (25.226834849183106, 31.474220464087654, 10.625412612589841, 3.1547006172789596, 29.518831456860433),
    32: (0.5438224935990758, 0.5814926602198708, 31.42569621366974, 50.341118001544615, 17.107870630966683),
    40: (24.656895391774036, 30.65651197855597, 11.295747133196437, 3.2810397068721255, 30.10980578960143),
    51: (5.726939014618071, 5.835407419372404, 73.69804463834132, 14.739608927668213, 0.0),
    52: (21.18129779623606, 26.243084536273123, 15.719860449925232, 4.466097589453984, 32.3896596281116),
    58: (31.775737021297125, 25.39878604766021, 13.62962920006184, 20.68882008240164, 8.507027648579175),
    63: (4.421211599118231, 4.487267985976597, 75.90960034575436, 15.181920069150815, 0.0),
    64: (16.928396776524657, 20.899858786205918, 21.255159783008203, 5.920607826819473, 34.995976827441744),
    75: (3.0303210507838982, 3.0635178001485968, 78.25513429088949, 15.651026858178012, 0.0),
    87: (1.5464409408215722, 1.55724282297798, 80.7469301968338, 16.149386039366643, 0.0),
    91: (17.898013474391465, 22.334234874101007, 17.95099174753757, 26.98029484610132, 14.836465057868638),
    93: (14.18337232890461, 13.169556458376707, 24.61052482021927, 39.35392606388939, 8.682620328610044),
    99: (0.039030612147128274, 0.039149039776561645, 83.26818362339692, 16.653636724679384, 0.0),
    100: (14.41740347040329, 17.609775498818696, 24.75470574558495, 6.592503123210356, 36.62561216198271),
}

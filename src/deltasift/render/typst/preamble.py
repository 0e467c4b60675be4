"""The head of a document of Typst: the page, and what sets the rows of a proof."""

HEAD = """
#set page(paper: "a4", margin: (x: 28mm, top: 20mm, bottom: 22mm), numbering: "1")
#set text(font: "New Computer Modern", size: 10.5pt, lang: "en")
#show math.equation: set text(font: "New Computer Modern Math")
#show heading.where(level: 1): set text(size: 12.5pt)
#show heading: set block(below: 1em)
#show heading.where(level: 2): set text(size: 11pt)
#set par(justify: true, spacing: 1em)
// A formula with words for who does not see it: in a line, in full size.
#let m(words, e) = math.equation(alt: words, block: false, e.body)
#show math.equation.where(block: true): set align(start)
#let full(words, e) = math.equation(alt: words, block: true, e.body)
#let fit(width, e) = {
  let own = measure(e).width
  if own > width { scale(100% * (width / own), reflow: true, e) } else { e }
}
// A formula made smaller where it is broader than the text.
#let fitted(e) = layout(size => fit(size.width, e))
// A theorem: its heading, what is assumed, what is claimed.
#let statement(heading, before, claim) = block(sticky: true, above: 1.1em, below: 0.8em, if before == [] {
  grid(columns: (auto, 1fr), column-gutter: 0.5em, align: horizon, heading, fitted(claim))
} else [#heading #before #fitted(claim)])
// The rows of a proof with its left side: a reason stands beside its formula, or below it where both do not fit.
#let steps(left, keep: false, ..rows) = layout(size => {
  let rows = rows.pos()
  let beside = measure(left).width <= 0.32 * size.width
  let lhs = if beside { measure(left).width + 0.25em.to-absolute() } else { 1.5em.to-absolute() }
  let room = size.width - lhs - 3.4em.to-absolute()
  let wide = rows.map(r => lhs + measure(r.formula).width + 1em.to-absolute())
  let column = calc.max(0.36 * size.width, ..wide.filter(w => w < 0.7 * size.width))
  if not beside { block(sticky: true, below: 0.5em, fit(size.width, left)) }
  for (n, r) in rows.enumerate() {
    let first = if n == 0 and beside { left } else { [] }
    let formula = fit(room, r.formula)
    let why = { set par(justify: false, leading: 0.45em); set text(size: 8.5pt); r.why }
    let last = rows.len() - 1
    let is-kept = if n == last { keep } else { n == 0 or n + 1 == last }
    block(breakable: false, sticky: is-kept, above: 0.5em, below: 0.5em, if wide.at(n) > column {
      grid(columns: (lhs, 1fr, 3.4em), align: (horizon, horizon, horizon + right), row-gutter: 0.4em,
        first, formula, r.number, [], pad(left: 2em, why), [])
    } else {
      grid(columns: (lhs, column - lhs, 1fr, 3.4em), align: (horizon, horizon, horizon, horizon + right),
        first, formula, why, r.number)
    })
  }
})
"""

"""The heads of the LaTeX documents, and the macros that set the rows of a proof.

TeX itself measures: a reason stands beside its formula where both fit and below it where they do not, and a formula
that is too broad for the text is made smaller. So no line runs into the margin, whatever the page says.
"""

ROWS = r"""
\newsavebox{\leftside}\newsavebox{\formula}
\newlength{\lhs}\newlength{\whyat}\newlength{\room}\newlength{\numbers}
% A formula, made smaller where it is broader than the text.
\newcommand{\fit}[1]{\sbox{\formula}{$#1$}%
  \ifdim\wd\formula>\linewidth\resizebox{\linewidth}{!}{\usebox{\formula}}\else\usebox{\formula}\fi}
% The rows of a proof, with the left side: gone through once to measure them and once to set them.
\newenvironment{steps}[1]{%
  \par\nopagebreak\vskip2pt plus 1pt\parindent=0pt\parskip=0pt\lineskip=3.5pt plus 1pt\lineskiplimit=3.5pt
  \settowidth{\numbers}{\quad(00)\ \qedsymbol}\sbox{\leftside}{$\displaystyle #1$\ }%
  \ifdim\wd\leftside>0.32\linewidth
    \hbox{\fit{\displaystyle #1}}\nopagebreak\sbox{\leftside}{\hskip1.5em}%
  \fi
  \setlength{\lhs}{\wd\leftside}\setlength{\whyat}{0.36\linewidth}\collect@body\steps@twice}{}
\newcommand{\steps@twice}[1]{%
  {\let\step\step@measured #1\global\whyat=\whyat}%
  #1\par\nopagebreak\vskip2pt plus 2pt}
% Before the end of a theorem or of the last proof: what follows stays on its page.
\newcommand{\keepwithnext}{\@endparpenalty=10000 }
\newcommand{\step@measured}[6]{%
  \sbox{\formula}{$\displaystyle{}#1 #2$}%
  \setlength{\room}{\wd\formula}\addtolength{\room}{\lhs}\addtolength{\room}{1em}%
  \ifdim\room<\steps@most\ifdim\room>\whyat\whyat=\room\fi\fi}
\newcommand{\steps@most}{0.7\linewidth}
% A row: sign, formula, reason, number, label, what stands after the number.
\newcommand{\step}[6]{%
  \setcounter{equation}{#4}\addtocounter{equation}{-1}%
  \sbox{\formula}{$\displaystyle{}#1 #2$}%
  \setlength{\room}{\linewidth}\addtolength{\room}{-\lhs}\addtolength{\room}{-\numbers}%
  \ifdim\wd\formula>\room\sbox{\formula}{\resizebox{\room}{!}{$\displaystyle{}#1 #2$}}\fi
  \setlength{\room}{\linewidth}\addtolength{\room}{-\whyat}\addtolength{\room}{-\numbers}\setlength{\room}{3.2\room}%
  \setbox0=\hbox{\footnotesize #3}\ifdim\wd0>\room\setlength{\room}{0pt}\else
    \setlength{\room}{\whyat}\addtolength{\room}{-\lhs}\addtolength{\room}{-0.8em}\fi
  \ifdim\wd\formula>\room \step@below{#3}{#5}{#6}\else \step@beside{#3}{#5}{#6}\fi
  \sbox{\leftside}{}}
\newcommand{\step@number}[2]{\refstepcounter{equation}\label{#1}(\theequation)#2}
\newcommand{\step@beside}[3]{%
  \setlength{\room}{\linewidth}\addtolength{\room}{-\whyat}\addtolength{\room}{-\numbers}%
  \hbox to\linewidth{\hbox to\whyat{\hbox to\lhs{\usebox{\leftside}\hss}\usebox{\formula}\hss}%
    \parbox{\room}{\raggedright\footnotesize #1}\hfil\hbox{\step@number{#2}{#3}}}}
\newcommand{\step@below}[3]{%
  \setlength{\room}{\linewidth}\addtolength{\room}{-\lhs}\addtolength{\room}{-\numbers}\addtolength{\room}{-2em}%
  \hbox to\linewidth{\hbox to\lhs{\usebox{\leftside}\hss}\usebox{\formula}\hfil\hbox{\step@number{#2}{#3}}}%
  \setbox0=\hbox{\footnotesize #1}\ifdim\wd0>0pt
    \nopagebreak\vskip-1pt\hbox{\hskip\lhs\hskip2em\parbox[t]{\room}{\raggedright\footnotesize #1\strut}}\fi}
"""

ARTICLE = (
    r"""\documentclass[a4paper,SIZE]{article}
\usepackage[T1]{fontenc}
\usepackage[utf8]{inputenc}
\usepackage{lmodern}
\usepackage[a4paper,hmargin=28mm,top=18mm,bottom=19mm,footskip=9mm]{geometry}
\usepackage{amsmath,amssymb,amsthm,mathtools,graphicx}
PACKAGES\usepackage[hidelinks]{hyperref}
\mathtoolsset{centercolon}
\newtheorem{theorem}{Theorem}
\newtheorem*{claim}{Claim}
\allowdisplaybreaks
\emergencystretch=4em
\clubpenalty=10000\widowpenalty=10000\displaywidowpenalty=10000
\AtBeginDocument{\lineskip=3pt\lineskiplimit=2pt}
\makeatletter"""
    + ROWS
    + r"""% A proof begins on the page of its theorem.
\let\proof@anywhere\proof
\renewcommand{\proof}{\@beginparpenalty=10000 \proof@anywhere}
\makeatother
"""
)

LISTING = r"""\usepackage{listings}
\lstset{language=Python,basicstyle=\ttfamily\scriptsize,breaklines=true,columns=fullflexible,keepspaces=true,
  showstringspaces=false,xleftmargin=0pt,aboveskip=4pt,belowskip=4pt}
"""

BEAMER = (
    r"""\documentclass[aspectratio=169,11pt]{beamer}
\usepackage[T1]{fontenc}
\usepackage[utf8]{inputenc}
\usepackage{lmodern}
\usepackage{amsmath,amssymb,mathtools}
\mathtoolsset{centercolon}
\setbeamertemplate{navigation symbols}{}
\setbeamertemplate{footline}[frame number]
\setbeamerfont{frametitle}{size=\large}
\makeatletter"""
    + ROWS
    + r"""\makeatother
"""
)

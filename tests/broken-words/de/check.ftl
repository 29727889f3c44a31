steps = { $schritte } Schritte in { $layer }
digits = { $digits ->
    [one] eine Stelle
   *[other] { $digits } Stellen
}
plain = nichts { $layer }
only-here = nur hier

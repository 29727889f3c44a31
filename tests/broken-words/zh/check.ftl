steps = { -name }：{ $layer } 层 { $steps } 步
digits = { $digits } 位
plain = { "" }

Console.WriteLine("edgealarm");

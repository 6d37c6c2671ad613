using LoadBalancer;

await Balancer.Create(args).RunAsync();

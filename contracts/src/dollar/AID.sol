// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";

/// @title AID, the AI dollar
/// @notice 18 decimals; one AID is one dollar at par. Minted by the holder of the minter role only.
contract AID is ERC20, ERC20Permit, AccessManaged {
    /// @param authority The access manager that knows the minter.
    constructor(address authority) ERC20("AI Dollar", "AID") ERC20Permit("AI Dollar") AccessManaged(authority) {}

    /// @notice Mints `amount` base units (1e18 per AID) to `to`.
    function mint(address to, uint256 amount) external restricted {
        _mint(to, amount);
    }

    /// @notice Burns `amount` base units of the caller's own.
    function burn(uint256 amount) external {
        _burn(msg.sender, amount);
    }
}
